/** Before each file of tests: its worker is not new, but every module of the project is, with whatever state and mocks it has. */
import { vi } from 'vitest'

vi.resetModules()
