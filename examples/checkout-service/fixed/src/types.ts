/** Amounts are in the minor unit of their currency. */
export interface CartLine {
  sku: string;
  quantity: number;
}

export interface PricedLine extends CartLine {
  unitPrice: number;
}

export interface Address {
  name: string;
  street: string;
  city: string;
  postcode: string;
  country: string;
}

export interface Checkout {
  customerId: string;
  email: string;
  currency: string;
  paymentToken: string;
  address: Address;
  lines: CartLine[];
}

export interface Order {
  id: string;
  customerId: string;
  chargeId: string;
  currency: string;
  total: number;
  lines: PricedLine[];
}

export interface Product {
  sku: string;
  title: string;
}
