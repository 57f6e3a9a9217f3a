import { LeftOutlined, SearchOutlined } from '@ant-design/icons'
import { Link, useRouter } from '@tanstack/react-router'
import type { District, Me } from '../api/types'
import { NoticeBell } from '../notices/NoticeBell'
import { AccountMenu } from './AccountMenu'
import { CatalogSearch } from './CatalogSearch'
import { DemoMark } from './DemoMark'
import css from './TopBar.module.css'

interface Props {
  me: Me
  district: District
  wide: boolean
  inside: boolean // on a page below the menu, where a phone shows a way back
}

export function TopBar({ me, district, wide, inside }: Props) {
  const router = useRouter()
  return (
    <header className={css.bar}>
      {!wide && inside ? (
        <button type="button" className={css.icon} aria-label="返回" onClick={() => router.history.back()}>
          <LeftOutlined />
        </button>
      ) : null}
      <Link to="/workbench" className={css.name}>
        {wide ? `${district.name}公共数据管理` : '公共数据管理'}
      </Link>
      {district.demo && <DemoMark />}
      <div className={css.space} />
      {wide ? <CatalogSearch /> : (
        <Link to="/catalog" className={css.icon} aria-label="搜索目录"><SearchOutlined /></Link>
      )}
      <NoticeBell />
      <AccountMenu me={me} wide={wide} />
    </header>
  )
}
