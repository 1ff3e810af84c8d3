-- One row for each product with its stock as it is now. Available = on_hand - reserved.
CREATE TABLE product (
    sku text PRIMARY KEY,
    name text NOT NULL,
    price_amount bigint NOT NULL,
    currency text NOT NULL,
    on_hand integer NOT NULL,
    reserved integer NOT NULL,
    version bigint NOT NULL
) WITH (fillfactor = 50);
