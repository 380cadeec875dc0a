-- minimal: the least that a reservation in a database can be, to measure ours against.
-- One guarded UPDATE and two INSERTs: no identity, no limit, no queue, no deadline that anybody looks at, no order
-- of events, nobody who is told.

create schema minimal;

create table minimal.stock (
  item_id   bigint primary key,
  available integer not null check (available >= 0),
  reserved  integer not null default 0
) with (fillfactor = 50);

create table minimal.holds (
  hold_id    bigint generated always as identity primary key,
  item_id    bigint not null references minimal.stock,
  member     text not null,
  expires_at timestamptz not null
);

create table minimal.events (
  event_id bigint generated always as identity primary key,
  kind     text not null,
  item_id  bigint not null,
  hold_id  bigint not null,
  at       timestamptz not null default now()
);

create function minimal.reserve(p_member text, p_item bigint, out hold_id bigint, out available integer)
  language plpgsql
as $$
#variable_conflict use_column
begin
  update minimal.stock s
     set available = s.available - 1, reserved = s.reserved + 1
   where s.item_id = p_item and s.available >= 1
  returning s.available into available;
  if not found then
    raise exception using errcode = 'P0002', message = 'sold out';
  end if;

  insert into minimal.holds as h (item_id, member, expires_at)
  values (p_item, p_member, now() + interval '60 seconds')
  returning h.hold_id into hold_id;

  insert into minimal.events (kind, item_id, hold_id)
  values ('hold', p_item, hold_id);
end;
$$;
