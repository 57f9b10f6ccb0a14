import { createServer } from 'node:http';
import { findProduct } from '@shop/catalog';
import { placeOrder } from '@shop/orders';
import { notifyPartner } from './partners.ts';

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'GET' && pathname.startsWith('/products/')) {
    response.end(JSON.stringify(await findProduct(pathname.slice('/products/'.length))));
    return;
  }
  if (request.method === 'POST' && pathname === '/orders') {
    const id = crypto.randomUUID();
    const sku = searchParams.get('sku') ?? '';
    await placeOrder(id, [{ sku, count: 1, cents: Number(searchParams.get('cents')) }]);
    await notifyPartner(id);
    response.end(id);
    return;
  }
  response.writeHead(404).end();
}).listen(8080);
