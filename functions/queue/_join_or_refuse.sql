-- _join_or_refuse: join_queue for one of several requests, whose refusal is an answer and leaves the others alone.
--
-- Gives   what join_queue answers, or the code and the words of the refusal, which has undone all that this request did
-- Locks   as join_queue; the caller holds what it waits for
create or replace function apartado._join_or_refuse(
  p_request apartado.reserve_request,
  out code   text,
  out title  text,
  out detail text,
  out hint   text,
  out field  text,
  out queue_entry_id bigint,
  out "position"     bigint,
  out queue_length   integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select j.*
    into queue_entry_id, "position", queue_length
    from apartado.authenticate(p_request.token, p_request.language) a
   cross join lateral apartado.join_queue(a.alias, p_request.item, p_request.quantity, p_request.location, p_request.max_position,
                                          p_request.needed_until, p_request.idempotency_key) j;
exception
  when sqlstate 'RS000' then -- a class: it catches every RS code
    get stacked diagnostics code = returned_sqlstate, title = message_text, detail = pg_exception_detail,
                            hint = pg_exception_hint, field = column_name;
end;
$$;

comment on function apartado._join_or_refuse(apartado.reserve_request) is 'Join_queue for one of several requests, whose refusal is an answer and leaves the others alone.';
