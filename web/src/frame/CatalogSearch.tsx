import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import css from './CatalogSearch.module.css'

/** The search of the top bar; the key "/" goes to it from anywhere. */
export function CatalogSearch() {
  const box = useRef<InputRef>(null)
  const [words, setWords] = useState('')
  const navigate = useNavigate()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement
      if (event.key !== '/' || at.closest('input, textarea, [contenteditable]')) return
      event.preventDefault()
      box.current?.focus({ cursor: 'all' })
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <form
      role="search"
      className={css.search}
      onSubmit={(event) => {
        event.preventDefault()
        void navigate({ to: '/catalog', search: { q: words.trim() || undefined } })
      }}
    >
      <Input
        ref={box}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        prefix={<SearchOutlined />}
        suffix={<kbd className={css.key}>/</kbd>}
        placeholder="搜索目录：名称、代码、数据项、机构"
        aria-label="搜索目录"
      />
    </form>
  )
}
