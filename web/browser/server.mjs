// The built program with the demonstration data, for as long as a test needs it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = process.env.DATAGOV_PROGRAM ?? fileURLToPath(new URL('../../bin/datagov', import.meta.url))

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  return port
}

/** Starts the program on a free port and an empty folder; waits until it is ready. */
export async function serve() {
  const listen = `127.0.0.1:${await freePort()}`
  const data = await mkdtemp(join(tmpdir(), 'datagov-browser-'))
  const said = []
  const child = spawn(program, ['serve', '--demo', '--data', data, '--listen', listen])
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text))
  let ended = false
  child.once('error', (error) => { ended = true; said.push(error.message) })
  child.once('exit', () => { ended = true })
  const stop = async () => {
    if (!ended) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(data, { recursive: true, force: true })
  }
  const base = `http://${listen}`
  const patience = AbortSignal.timeout(120_000)
  while (!(await ready(base))) {
    if (ended || patience.aborted) {
      await stop()
      throw new Error(`${program} did not become ready:\n${said.join('')}`)
    }
  }
  return { base, stop }
}

/** Asks once; a refused connection waits a moment, so that asking again is not a busy loop. */
async function ready(base) {
  try {
    if ((await fetch(`${base}/readyz`)).ok) return true
  } catch {
    // not listening yet
  }
  await new Promise((resolve) => setTimeout(resolve, 200))
  return false
}
