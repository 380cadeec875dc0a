-- depends: 0020.barred_turns
-- Drops whose queues are drawn by lot after the opening, in an order that anybody can work out again: the hash of the seed is
-- shown from the beginning, the seed from the draw on.

create table if not exists apartado.lotteries (
  drop_id   bigint not null,
  seed      text not null,
  seed_hash text not null,
  closed_at timestamptz,
  drawn_at  timestamptz,
  constraint lotteries_pkey primary key (drop_id),
  constraint lottery_is_of_a_drop foreign key (drop_id) references apartado.drops,
  constraint lottery_seed_is_hexadecimal check (seed ~ '^[0-9a-f]{64}$'),
  constraint lottery_hash_is_of_the_seed check (seed_hash = encode(sha256(convert_to(seed, 'UTF8')), 'hex')),
  constraint lottery_is_closed_before_it_is_drawn check (drawn_at >= closed_at and (drawn_at is null or closed_at is not null))
);

create index if not exists lotteries_to_draw on apartado.lotteries (drop_id) where drawn_at is null;

comment on table apartado.lotteries is 'A drop that is in it has the order of its queues drawn by lot after it opened. Made with the drop. No role may read it: the seed is secret until the draw.';
comment on column apartado.lotteries.seed is '64 hexadecimal digits that nobody chose. Whoever reads it before the lottery is closed knows an order that they can still change.';
comment on column apartado.lotteries.seed_hash is 'SHA-256 of the seed as text, hexadecimal: shown from the beginning.';
comment on column apartado.lotteries.closed_at is 'From when on nobody takes part any more; null: not yet. The draw waits until this is committed.';
comment on column apartado.lotteries.drawn_at is 'When the order was drawn, and the seed shown; null: not yet.';

create table if not exists apartado.lottery_queues (
  drop_id     bigint not null,
  stock_id    bigint not null,
  next_ticket bigint not null,
  constraint lottery_queues_pkey primary key (drop_id, stock_id),
  constraint lottery_queue_is_of_a_lottery foreign key (drop_id) references apartado.lotteries,
  constraint lottery_queue_is_of_a_stock foreign key (stock_id) references apartado.stock
);

comment on table apartado.lottery_queues is 'The queues of a lottery as they were when it was closed: entries with a ticket before next_ticket take part.';

create table if not exists apartado.lottery_lots (
  drop_id        bigint not null,
  stock_id       bigint not null,
  place          integer not null,
  queue_entry_id bigint not null,
  priority       integer not null,
  constraint lottery_lots_pkey primary key (drop_id, stock_id, place),
  constraint lot_is_of_a_queue foreign key (drop_id, stock_id) references apartado.lottery_queues,
  constraint lot_is_of_an_entry foreign key (queue_entry_id) references apartado.queue_entries,
  constraint lot_is_one_per_entry unique (drop_id, queue_entry_id)
);

comment on table apartado.lottery_lots is 'Where the draw put each entry that took part. It says so for good, wherever the entry went from there.';
comment on column apartado.lottery_lots.place is '1..n in the queue of the stock row.';
comment on column apartado.lottery_lots.priority is 'Of the entry at the draw: lots are drawn among those of the same priority.';

alter table apartado.lotteries enable row level security;
alter table apartado.lottery_queues enable row level security;
alter table apartado.lottery_lots enable row level security;

alter table apartado.stock
  add column if not exists draws_at timestamptz;

comment on column apartado.stock.draws_at is 'From when on its queue is to be drawn by lot: the opening of its drop; null: it is not, or was drawn. Carried here like the other rules. Until it was drawn nobody is served.';

-- these give or take more now, and are made anew with everything else
drop function if exists apartado._rules(bigint, bigint);
drop function if exists apartado._spread_ranks(apartado.stock);
drop function if exists apartado.create_drop(text, text, bigint[], timestamptz, timestamptz, text, text);
drop function if exists apartado.list_drops(text, text);
