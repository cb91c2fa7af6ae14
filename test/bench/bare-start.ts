/** The least that serves and stores: express says hello, better-sqlite3 opens a file. `file` */
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import express from 'express';

const db = new Database(process.argv[2] as string);
db.pragma('journal_mode = WAL');
db.exec('CREATE TABLE IF NOT EXISTS hello (id INTEGER)');
const app = express();
app.get('/', (_request, response) => void response.json({ hello: true }));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
