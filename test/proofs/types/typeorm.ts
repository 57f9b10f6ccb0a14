import type { DataSource, EntityManager, Repository } from 'typeorm';
export * as lib from 'typeorm';
export declare const clients: {
  DataSource: DataSource;
  Repository: Repository<{ a: string }>;
  EntityManager: EntityManager;
};
