-- _reserve_or_refuse: reserve for one of several requests, whose refusal is an answer and leaves the others alone.
--
-- Gives   what reserve answers, or the code and the words of the refusal, which has undone all that this request did
-- Locks   as reserve; the caller holds what it waits for
create or replace function apartado._reserve_or_refuse(
  p_request apartado.reserve_request,
  out code   text,
  out title  text,
  out detail text,
  out hint   text,
  out field  text,
  out outcome        text,
  out reservation_id bigint,
  out queue_entry_id bigint,
  out "position"     bigint,
  out item_id        bigint,
  out location       text,
  out quantity       integer,
  out price          numeric,
  out currency       text,
  out expires_at     timestamptz,
  out available      integer,
  out reserved       integer,
  out sold           integer,
  out queue_length   integer,
  out version        bigint,
  out server_time    timestamptz
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select r.*
    into outcome, reservation_id, queue_entry_id, "position", item_id, location, quantity, price, currency, expires_at,
         available, reserved, sold, queue_length, version, server_time
    from apartado.authenticate(p_request.token, p_request.language) a
   cross join lateral apartado.reserve(a.alias, p_request.item, p_request.quantity, p_request.location, p_request.ttl,
                                       p_request.if_unavailable, p_request.idempotency_key) r;
exception
  when sqlstate 'RS000' then -- a class: it catches every RS code
    get stacked diagnostics code = returned_sqlstate, title = message_text, detail = pg_exception_detail,
                            hint = pg_exception_hint, field = column_name;
end;
$$;

comment on function apartado._reserve_or_refuse(apartado.reserve_request) is 'Reserve for one of several requests, whose refusal is an answer and leaves the others alone.';
