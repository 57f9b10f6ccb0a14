import type { ClientSession, Collection, Db, MongoClient } from 'mongodb622';
export * as lib from 'mongodb622';
export declare const entry: 'mongodb';
export declare const clients: {
  MongoClient: MongoClient;
  Db: Db;
  Collection: Collection;
  ClientSession: ClientSession;
};
