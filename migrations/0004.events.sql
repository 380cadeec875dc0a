-- depends: 0003.stock
-- What happened: the ledger that is at once the audit, the stream and the wake-up.

create table if not exists apartado.events (
  event_id     bigint generated always as identity (cache 1),
  pos          bigint,
  kind         text not null,
  stock_id     bigint,
  member_id    bigint,
  -- a login that is not the service's says in vain who acts
  actor        text not null default coalesce(
    case when pg_has_role(session_user, 'apartado_api', 'usage') then nullif(current_setting('apartado.actor', true), '') end,
    'role:' || session_user),
  session_id   bigint default nullif(current_setting('apartado.session', true), '')::bigint,
  available    integer,
  reserved     integer,
  sold         integer,
  queue_length integer,
  version      bigint,
  data         jsonb not null default '{}',
  details      jsonb not null default '{}',
  at           timestamptz not null,
  constraint events_pkey primary key (event_id)
) with (fillfactor = 80);

create unique index if not exists event_position_is_unique on apartado.events (pos) where pos is not null;

comment on table apartado.events is 'One row per change, written by triggers in the transaction of the change. Append only.';
comment on column apartado.events.event_id is 'In version order for each stock row; ids of different rows become visible out of order, so it is no cursor.';
comment on column apartado.events.pos is 'The place in the stream: 1, 2, 3 … without a gap, given after the commit by _number_events. Null: not numbered yet.';
comment on column apartado.events.member_id is 'Whom it concerns. Not who did it: that is the actor.';
comment on column apartado.events.actor is 'Who did it: an alias, or role:<database role>.';
comment on column apartado.events.version is 'Of the stock row, as the four counters beside it: the state after the change. Null where the event is about no stock row.';
comment on column apartado.events.data is 'What the member concerned may see beside the public state.';
comment on column apartado.events.details is 'What only operators may see.';

create table if not exists apartado.event_cursor (
  only_row  boolean not null default true,
  last_pos  bigint not null default 0,
  low_id    bigint not null default 0,
  mark_id   bigint not null default 0,
  mark_xid  xid8 not null default '0',
  constraint event_cursor_pkey primary key (only_row),
  constraint event_cursor_is_one_row check (only_row),
  constraint event_cursor_is_not_negative check (last_pos >= 0 and low_id >= 0 and mark_id >= low_id)
) with (fillfactor = 20);

insert into apartado.event_cursor default values on conflict do nothing;

comment on table apartado.event_cursor is 'Where the numbering of events stands. One row.';
comment on column apartado.event_cursor.last_pos is 'The newest position given. Never taken from max(pos), which starts again after a purge.';
comment on column apartado.event_cursor.low_id is 'Every event up to this id is numbered or was rolled back: the search begins above it.';
comment on column apartado.event_cursor.mark_id is 'The next low_id, as soon as every transaction before mark_xid has ended.';

alter table apartado.events enable row level security;
alter table apartado.event_cursor enable row level security;
