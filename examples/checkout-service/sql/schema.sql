CREATE TABLE orders (
  id           uuid PRIMARY KEY,
  customer_id  text NOT NULL,
  charge_id    text NOT NULL,
  currency     char(3) NOT NULL,
  total        integer NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_lines (
  order_id    uuid NOT NULL REFERENCES orders (id),
  sku         text NOT NULL,
  quantity    integer NOT NULL,
  unit_price  integer NOT NULL,
  PRIMARY KEY (order_id, sku)
);
