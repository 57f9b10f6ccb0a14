import {
  type CallOptions,
  Client,
  type ClientUnaryCall,
  credentials,
  type Metadata,
  type ServiceError,
} from '@grpc/grpc-js';

export interface StockRequest {
  sku: string;
}
export interface StockReply {
  available: number;
}

type Callback = (error: ServiceError | null, reply?: StockReply) => void;

const serialize = (value: StockRequest): Buffer => Buffer.from(JSON.stringify(value));
const deserialize = (bytes: Buffer): StockReply => JSON.parse(bytes.toString()) as StockReply;

/** As a generator writes it. */
export interface InventoryClient extends Client {
  getStock(request: StockRequest, callback: Callback): ClientUnaryCall;
  getStock(
    request: StockRequest,
    metadata: Metadata,
    options: Partial<CallOptions>,
    callback: Callback,
  ): ClientUnaryCall;
}

export function readStock(client: Client, sku: string, callback: Callback): void {
  // expect: require-timeout/missing
  client.makeUnaryRequest('/inventory.Inventory/GetStock', serialize, deserialize, { sku }, callback);
}

export function readStockBounded(client: Client, sku: string, callback: Callback): void {
  const options: CallOptions = { deadline: Date.now() + 2000 };
  // ok: require-timeout -- a deadline
  client.makeUnaryRequest('/inventory.Inventory/GetStock', serialize, deserialize, { sku }, options, callback);
}

export const createRaw = (): Client => new Client('inventory:50051', credentials.createInsecure());
