import type {
  DataSource,
  DeleteQueryBuilder,
  EntityManager,
  InsertQueryBuilder,
  Repository,
  SelectQueryBuilder,
  UpdateQueryBuilder,
} from 'typeorm';
export * as lib from 'typeorm';
export declare const clients: {
  DataSource: DataSource;
  Repository: Repository<{ a: string }>;
  EntityManager: EntityManager;
  SelectQueryBuilder: SelectQueryBuilder<{ a: string }>;
  InsertQueryBuilder: InsertQueryBuilder<{ a: string }>;
  UpdateQueryBuilder: UpdateQueryBuilder<{ a: string }>;
  DeleteQueryBuilder: DeleteQueryBuilder<{ a: string }>;
};
