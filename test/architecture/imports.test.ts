import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let made: string | null = null;

afterEach(() => {
  if (made) rmSync(made);
  made = null;
});

/** Lints one small file at a place in the tree and returns what Biome says of it. */
function lint(place: string, code: string): { ok: boolean; said: string } {
  made = join(root, place);
  mkdirSync(dirname(made), { recursive: true });
  writeFileSync(made, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', place], {
    cwd: root,
    encoding: 'utf8',
  });
  return { ok: status === 0, said: stdout + stderr };
}

const forbidden: [place: string, code: string][] = [
  ['models/zz-lint-probe.ts', "import { createApp } from '../server/app.ts';\nexport const x = createApp;\n"],
  ['models/carbon/zz-lint-probe.ts', "import { mirror } from '../../client/live/mirror.ts';\nexport const x = mirror;\n"],
  ['models/zz-lint-probe.ts', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n"],
  ['models/zz-lint-probe.ts', "import express from 'express';\nexport const x = express;\n"],
  ['models/zz-lint-probe.ts', 'export const x = () => Date.now();\n'],
  ['models/zz-lint-probe.ts', 'export const x = () => Math.random();\n'],
  ['models/zz-lint-probe.ts', "export const x = () => document.getElementById('x');\n"],
  ['server/zz-lint-probe.ts', "import { mirror } from '../client/live/mirror.ts';\nexport const x = mirror;\n"],
  ['server/zz-lint-probe.ts', "import { Mesh } from 'three';\nexport const x = Mesh;\n"],
  ['server/ledger/zz-lint-probe.ts', "import Database from 'better-sqlite3';\nexport const x = Database;\n"],
  ['server/twin/zz-lint-probe.ts', "import { openStores } from '../store/sqlite/open-stores.ts';\nexport const x = openStores;\n"],
  ['server/store/sqlite/zz-lint-probe.ts', "import { Twin } from '../../twin/twin.ts';\nexport const x = Twin;\n"],
  ['client/live/zz-lint-probe.ts', "import { useState } from 'react';\nexport const x = useState;\n"],
  ['client/live/zz-lint-probe.ts', "import { Mesh } from 'three';\nexport const x = Mesh;\n"],
  ['client/scene/zz-lint-probe.ts', "import { Legend } from '../panels/legend/Legend.tsx';\nexport const x = Legend;\n"],
  ['client/panels/zz-lint-probe.ts', "import { Vector3 } from 'three';\nexport const x = Vector3;\n"],
  ['client/panels/zz-lint-probe.ts', "import { Canvas } from '@react-three/fiber';\nexport const x = Canvas;\n"],
  ['client/panels/zz-lint-probe.ts', "import { mountScene } from '../scene/Scene.tsx';\nexport const x = mountScene;\n"],
  ['client/live/zz-lint-probe.ts', "import { useWords } from '../locales/use-words.ts';\nexport const x = useWords;\n"],
  ['client/ui/zz-lint-probe.ts', "import { mirror } from '../live/mirror.ts';\nexport const x = mirror;\n"],
  ['client/ui/zz-lint-probe.ts', "import { colourOf } from '../../models/colour.ts';\nexport const x = colourOf;\n"],
  ['client/ui/zz-lint-probe.ts', "import { create } from 'zustand';\nexport const x = create;\n"],
  ['client/charts/zz-lint-probe.ts', "import { Vector3 } from 'three';\nexport const x = Vector3;\n"],
  ['client/charts/zz-lint-probe.ts', "import { Legend } from '../panels/legend/Legend.tsx';\nexport const x = Legend;\n"],
  ['client/pages/zz-lint-probe.ts', "import { openStore } from '../../server/store/journal.ts';\nexport const x = openStore;\n"],
];

test.each(forbidden)('the linter refuses in %s: %j', (place, code) => {
  const { ok, said } = lint(place, code);
  expect(ok, said).toBe(false);
  expect(said).toMatch(/import table|models\/ is pure/);
});

const allowed: [place: string, code: string][] = [
  [
    'models/carbon/zz-lint-probe.ts',
    "import { z } from 'zod';\nimport type { Unit } from '../units.ts';\nexport const x: Unit = z.literal('kW').parse('kW');\n",
  ],
  [
    'client/live/zz-lint-probe.ts',
    "import { layoutOf } from '../../models/wire/codec.ts';\nimport { mirror } from './mirror.ts';\nexport const x = [layoutOf, mirror];\n",
  ],
  [
    'client/scene/zz-lint-probe.ts',
    "import { Mesh } from 'three';\nimport { mirror } from '../live/mirror.ts';\nexport const x = [Mesh, mirror];\n",
  ],
  [
    'client/charts/zz-lint-probe.ts',
    "import { init } from 'echarts/core';\nimport { mirror } from '../live/mirror.ts';\nexport const x = [init, mirror];\n",
  ],
  [
    'client/panels/zz-lint-probe.ts',
    "import { mirror } from '../live/mirror.ts';\nimport { Icon } from '../ui/Icon.tsx';\nexport const x = [Icon, mirror];\n",
  ],
  [
    'client/ui/zz-lint-probe.ts',
    "import { useState } from 'react';\nimport { Icon } from './Icon.tsx';\nexport const x = [Icon, useState];\n",
  ],
  ['client/pages/zz-lint-probe.ts', "import { mirror } from '../live/mirror.ts';\nexport const x = mirror;\n"],
];

test.each(allowed)('the linter allows in %s: %j', (place, code) => {
  const { ok, said } = lint(place, code);
  expect(ok, said).toBe(true);
});
