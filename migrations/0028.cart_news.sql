-- depends: 0027.media
-- What the owner of a cart knows of each line, so that a job tells what has changed since, once.

alter table apartado.cart_lines
  add column if not exists told_price numeric,
  add column if not exists told_state text,
  add column if not exists times_told integer not null default 0;

alter table apartado.cart_lines
  drop constraint if exists cart_line_told_state_is_known,
  add constraint cart_line_told_state_is_known check (
    told_state in ('available', 'unavailable', 'sold', 'upcoming', 'ended', 'not_for_sale', 'hidden'));

create index if not exists cart_lines_that_hold_nothing on apartado.cart_lines (stock_id, cart_id) where reservation_id is null;

comment on column apartado.cart_lines.told_price is 'What one cost as far as the owner knows: when put in, at the last validation, or as validate_carts told it.';
comment on column apartado.cart_lines.told_state is 'How the item stood as far as the owner knows, likewise. Null: of a device''s cart, an imported one, or from before this was kept.';
comment on column apartado.cart_lines.times_told is 'How often validate_carts told its owner that something was otherwise.';

create table if not exists apartado.cart_watch (
  only_row boolean not null default true,
  pos      bigint,
  constraint cart_watch_pkey primary key (only_row),
  constraint cart_watch_is_one_row check (only_row),
  constraint cart_watch_position_is_not_negative check (pos >= 0)
) with (fillfactor = 20);

insert into apartado.cart_watch default values on conflict do nothing;

comment on table apartado.cart_watch is 'Up to which event validate_carts knows what changed. One row.';
comment on column apartado.cart_watch.pos is 'The position of that event; null: none yet, so every line is looked at once.';

create table if not exists apartado.cart_looks (
  look_id    bigint generated always as identity,
  stock_id   bigint not null,
  cart_id    bigint,
  after_cart bigint not null default 0,
  constraint cart_looks_pkey primary key (look_id)
) with (fillfactor = 50);

create index if not exists cart_looks_at_a_stock on apartado.cart_looks (stock_id) where cart_id is null;

comment on table apartado.cart_looks is 'Lines of carts that validate_carts has still to look at. No foreign keys: where the line is gone there is nothing to see.';
comment on column apartado.cart_looks.cart_id is 'The cart whose line it is; null: every cart with a line of that stock row.';
comment on column apartado.cart_looks.after_cart is 'Up to which cart that is done.';

alter table apartado.cart_watch enable row level security;
alter table apartado.cart_looks enable row level security;
