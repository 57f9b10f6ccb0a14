import type { ClientSession, Collection, Db, MongoClient } from 'mongodb77';
export * as lib from 'mongodb77';
export declare const entry: 'mongodb';
export declare const clients: {
  MongoClient: MongoClient;
  Db: Db;
  Collection: Collection;
  ClientSession: ClientSession;
};
