import { ledgerStoreContract } from './ledger-store-contract.ts';
import { memoryLedger } from './memory-ledger.ts';

ledgerStoreContract('memory', async () => memoryLedger());
