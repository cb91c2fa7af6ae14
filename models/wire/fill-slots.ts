/** Writes a step into the flat array of slots that snapshots and updates carry (protocol.ts). */
import { sees } from '../access/permissions.ts';
import { type Meant, meantOf } from '../carbon/asset-meaning.ts';
import type { Compiled } from '../carbon/step.ts';
import { totalNames } from '../carbon/step.ts';
import { sourceKinds } from '../energy-sources.ts';
import type { LiveStep } from '../telemetry/state.ts';
import { f64, i32 } from '../typed-arrays.ts';
import type { PortId } from '../units.ts';
import type { Layout } from './layout.ts';

/** Rounds a share to 0.001: nobody can read finer shares, and smaller changes are not worth an update. */
function share(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Less power than this counts as zero: the rounding error of the balance, the zero error of a meter. */
const nothing_kW = 0.001;

/** 1 where nothing flows through the ports an asset is shown by, 0 where something does, NaN where that is not known. */
function idleness({ meaning, loads, outs }: Meant, port_kW: Float64Array): number {
  const ports = meaning === 'consumption' ? loads : outs;
  let idle = 1;
  for (let i = 0; i < ports.length; i++) {
    const kW = f64(port_kW, ports[i] as number);
    if (kW >= nothing_kW) return 0;
    if (Number.isNaN(kW)) idle = Number.NaN;
  }
  return idle;
}

/** Writes every slot of the layout into `out` (length layout.size). Slots that the audience may not see do not exist. */
export function fillSlots(layout: Layout, compiled: Compiled, live: LiveStep, base_ms: number, out: Float32Array): void {
  const put = (slot: number | undefined, value: number | undefined) => {
    if (slot !== undefined && slot >= 0 && value !== undefined) out[slot] = value;
  };
  const putShares = (slot: number, from: Float64Array, row: number) => {
    for (let k = 0; k < sourceKinds.length; k++) put(slot + k, share(f64(from, row * sourceKinds.length + k)));
  };
  for (const name of totalNames) put(layout.totals[name], name === 'renewableShare' ? share(live.totals[name]) : live.totals[name]);
  putShares(layout.parkShares, live.parkShares, 0);

  const meant = meantOf(compiled);
  const figures = sees(layout.audience, 'figures:read');
  const { assets, lines, unmetered } = compiled.park;
  for (const [a, asset] of assets.entries()) {
    const slots = layout.assets.get(asset.id);
    if (slots === undefined) continue;
    put(slots.intensity, live.assetIntensity_gPerKwh[a]);
    const { meaning } = meant[a] as Meant;
    const withheld = !figures && meaning === 'consumption' && !Number.isNaN(live.assetIntensity_gPerKwh[a]);
    put(slots.idle, withheld ? Number.NaN : idleness(meant[a] as Meant, live.port_kW));
    put(slots.quality, live.assetQuality[a]);
    put(slots.estimatedShare, share(f64(live.assetEstimatedShare, a)));
    putShares(slots.shares, live.assetShares, a);
    put(slots.attributed, live.assetAttributed_kgPerH[a]);
    put(slots.stack, live.assetStack_kgPerH[a]);
    const store = i32(compiled.assetStore, a);
    if (store >= 0) put(slots.level, live.levelFraction[store]);
    for (const p of compiled.assetPorts[a] as number[]) {
      const port = slots.ports[compiled.ports[p]?.port as PortId];
      put(port?.power, live.port_kW[p]);
      put(port?.quality, live.portQuality[p]);
      put(port?.sampled, Math.round((f64(live.portSampled_ms, p) - base_ms) / 1000));
      put(port?.intensity, live.portIntensity_gPerKwh[p]);
    }
  }
  for (const [l, line] of lines.entries()) {
    const slots = layout.lines.get(line.id);
    put(slots?.power, live.line_kW[l]);
    put(slots?.intensity, live.lineIntensity_gPerKwh[l]);
    put(slots?.modelled, live.lineModelled[l]);
  }
  for (const [u, rest] of unmetered.entries()) {
    const slots = layout.unmetered.get(`${rest.asset}/${rest.carrier}`);
    const slack = live.slacks.find(({ node }) => node === compiled.unmeteredNode[u]);
    put(slots?.power, slack ? slack.power_kW : Number.NaN);
    put(slots?.conflict, slack?.conflict ? 1 : 0);
  }
}
