-- depends: 0020.barred_turns
-- Drops whose queue is drawn by lot at the opening, in an order that anybody can work out afterwards: the hash of the seed is
-- shown from the beginning, the seed from the draw on.

create table if not exists apartado.lotteries (
  drop_id   bigint not null,
  seed      text not null,
  seed_hash text not null,
  constraint lotteries_pkey primary key (drop_id),
  constraint lottery_is_of_a_drop foreign key (drop_id) references apartado.drops,
  constraint lottery_seed_is_hexadecimal check (seed ~ '^[0-9a-f]{64}$'),
  constraint lottery_hash_is_of_the_seed check (seed_hash = encode(sha256(convert_to(seed, 'UTF8')), 'hex'))
);

comment on table apartado.lotteries is 'A drop that is in it draws the order of its queues by lot when it opens. Made with the drop, and never changed. No role may read it.';
comment on column apartado.lotteries.seed is '64 hexadecimal digits that nobody chose. Secret until the first queue is drawn: whoever reads it before knows the order.';
comment on column apartado.lotteries.seed_hash is 'SHA-256 of the seed as text, hexadecimal: shown from the beginning.';

create table if not exists apartado.draws (
  drop_id  bigint not null,
  stock_id bigint not null,
  drawn_at timestamptz not null,
  entries  integer not null,
  constraint draws_pkey primary key (drop_id, stock_id),
  constraint draw_is_of_a_lottery foreign key (drop_id) references apartado.lotteries,
  constraint draw_is_of_a_stock foreign key (stock_id) references apartado.stock,
  constraint draw_entries_are_counted check (entries >= 0)
);

comment on table apartado.draws is 'The queue of a stock row was drawn, once for each drop.';
comment on column apartado.draws.entries is 'How many stood in it.';

create table if not exists apartado.lots (
  drop_id        bigint not null,
  queue_entry_id bigint not null,
  stock_id       bigint not null,
  priority       integer not null,
  place          integer not null,
  constraint lots_pkey primary key (drop_id, queue_entry_id),
  constraint lot_is_of_a_draw foreign key (drop_id, stock_id) references apartado.draws,
  constraint lot_is_of_an_entry foreign key (queue_entry_id) references apartado.queue_entries,
  constraint lot_place_is_one_entry_s unique (drop_id, stock_id, place)
);

comment on table apartado.lots is 'Where the draw put each entry that took part. It says so for good, wherever the entry went from there.';
comment on column apartado.lots.priority is 'Of the entry at the draw: lots are drawn among those of the same priority.';
comment on column apartado.lots.place is '1..n in the queue of the stock row.';

alter table apartado.lotteries enable row level security;
alter table apartado.draws enable row level security;
alter table apartado.lots enable row level security;

alter table apartado.stock
  add column if not exists draws_at timestamptz;

comment on column apartado.stock.draws_at is 'When its queue is to be drawn by lot: the opening of its drop; null: it is not, or was drawn. Carried here like the other rules. From then on nobody is served until it is.';

-- these give more now, and are made anew with everything else
drop function if exists apartado._rules(bigint, bigint);
drop function if exists apartado._spread_ranks(apartado.stock);
drop function if exists apartado.create_drop(text, text, bigint[], timestamptz, timestamptz, text, text);
drop function if exists apartado.list_drops(text, text);
