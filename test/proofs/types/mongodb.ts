import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
export * as lib from 'mongodb';
export declare const entry: 'mongodb';
export declare const clients: {
  MongoClient: MongoClient;
  Db: Db;
  Collection: Collection;
  ClientSession: ClientSession;
};
