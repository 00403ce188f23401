import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openStore } from '#db/store.ts'
import { type Cluster, startCluster } from './pg-cluster.ts'
import { quickest } from './quickest.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder with a migrated `app.db`, to be copied. */
    sqliteTemplate: string
    /** Address of the cluster, whose database `template_migrated` is to be copied; null = PostgreSQL left out. */
    pgUrl: string | null
  }
}

async function migrated(place: { url?: string; dataDir: string }) {
  const store = await openStore(place)
  try {
    await store.migrate()
  } finally {
    await store.close()
  }
}

async function pgTemplate(cluster: Cluster) {
  const client = new pg.Client({ connectionString: cluster.url('postgres') })
  await client.connect()
  try {
    await client.query('create database template_migrated')
    await migrated({ url: cluster.url('template_migrated'), dataDir: '' })
    await client.query('alter database template_migrated with allow_connections false')
    await client.query('create table clean_database (name text primary key)')
  } finally {
    await client.end()
  }
}

/** Once per run: a migrated database of each engine, which every test file copies. */
export default async function setup(project: TestProject) {
  const cluster = process.env.TEST_ENGINES === 'sqlite' ? null : await startCluster()
  const folder = await mkdtemp(path.join(await quickest(), 'store-template-'))
  const teardown = async () => {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await migrated({ dataDir: folder })
    if (cluster) await pgTemplate(cluster)
  } catch (error) {
    await teardown()
    throw error
  }
  project.provide('sqliteTemplate', folder)
  project.provide('pgUrl', cluster?.url('postgres') ?? null)
  return teardown
}
