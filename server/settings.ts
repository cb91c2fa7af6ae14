/** Reads the settings of the server from flags and environment. Flags override the environment. */
import { Command, InvalidArgumentError } from 'commander';
import { readTime } from '../models/time/read-time.ts';
import { protocols } from './all-sources.ts';
import { StartFault } from './process/start-fault.ts';
import type { OpenSettings } from './twin/open-twin.ts';

export interface Settings extends OpenSettings {
  /** Park folders. */
  parks: string[];
  host: string;
  port: number;
  ingestToken: string | undefined;
  /** Path of the Chromium that prints reports. */
  chromium: string | undefined;
  logLevel: string;
  /** Every answer is checked by its schema: for tests and for people who change the contract. */
  checkAnswers: boolean;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Prints help or what is wrong with flags, and exits, as commander does (2 for wrong usage). */
export function readSettings(argv: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const command = new Command('npm start --')
    .description('Serves parks and their twins.')
    .option('--park <folder>', 'a park folder; may be repeated (PARKS, comma-separated; default data/parks/demo)', collect)
    .option('--at <time>', 'begin at this park time, ISO 8601 with offset, on a history of its own', time)
    .option('--speed <n>', 'park seconds per second, on a history of its own', speed, 1)
    .option('--port <n>', 'port (PORT; default 3000)', port)
    .option('--host <address>', 'address to bind to; anything but loopback shows only what is public (HOST; default 127.0.0.1)')
    .addHelpText('after', environment)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  command.parse(argv);
  const flags = command.opts<{ park?: string[]; at?: number; speed: number; port?: number; host?: string }>();
  const level = env['LOG_LEVEL'] || 'info';
  if (!logLevels.includes(level)) throw new StartFault(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${level}".`);
  return {
    parks: flags.park ?? parksOf(env['PARKS']),
    at: flags.at ?? null,
    speed: flags.speed,
    host: flags.host ?? (env['HOST'] || '127.0.0.1'),
    port: flags.port ?? portOf(env['PORT']),
    dataDir: env['DATA_DIR'] || 'var',
    parkData: env['PARK_DATA'] || undefined,
    ingestToken: env['INGEST_TOKEN'] || undefined,
    historyDays: historyDaysOf(env['HISTORY_DAYS']),
    sources: Object.fromEntries(protocols.map((protocol) => [protocol.type, protocol.settings(env)])),
    chromium: env['CHROMIUM'] || undefined,
    logLevel: level,
    checkAnswers: env['CHECK_ANSWERS'] === '1',
  };
}

const environment = `
Environment: PORT, HOST, PARKS, DATA_DIR (histories; default var), PARK_DATA (what \${PARK_DATA} in park files means),
INGEST_TOKEN (32 characters or more turn HTTP ingestion on), HISTORY_DAYS (days of past that a simulated park makes up
at its first start, and that a replayed park has of its record; default as park.yaml says, and all), MQTT_URL (broker, such as mqtts://user:password@host; also
MQTT_USERNAME, MQTT_PASSWORD, MQTT_CLIENT_ID, and files MQTT_CA, MQTT_CERT, MQTT_KEY), CHROMIUM (path of the one that
prints reports as PDF; else the usual places are looked at), LOG_LEVEL (${logLevels.join(', ')}), CHECK_ANSWERS (1: every answer over HTTP is parsed by the schema that describes it,
and is a 500 where it does not fit).`;

function historyDaysOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 0 || days > 4000)
    throw new StartFault(`HISTORY_DAYS must be a whole number from 0 to 4000, not "${text}".`);
  return days;
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

function parksOf(list: string | undefined): string[] {
  const parks = (list ?? '')
    .split(',')
    .map((folder) => folder.trim())
    .filter((folder) => folder !== '');
  return parks.length > 0 ? parks : ['data/parks/demo'];
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new StartFault(`PORT must be a number from 0 to 65535, not "${text}".`);
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('It must be from 0 to 65535.');
  return value;
}

function speed(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100_000)) throw new InvalidArgumentError('It must be above 0 and at most 100000.');
  return value;
}

function time(text: string): number {
  const read = readTime(text);
  if (typeof read === 'string') throw new InvalidArgumentError(`${read}.`);
  return read.time;
}
