import type { Model, ModelStatic, Sequelize } from 'sequelize';
export * as lib from 'sequelize';
export declare const clients: { Sequelize: Sequelize; Model: typeof Model & Model };
