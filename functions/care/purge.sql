-- purge: drop events, ended sessions and remembered answers that are older than a time.
--
-- Gives   before: the time; how many events, sessions and answers went; remaining: call again, there may be more; oldest: the smallest
--         cursor with which the stream can be read from now on
-- Raises  RS204 less than 30 days ago, or p_limit outside 1 .. 100000 · RS205 no reason
-- Tells   settings.changed with the reason, to operators, where events went
-- Notes   p_before null: as long ago as the settings say (retention). Carts of devices that nobody came back to go as well.
--         Reservations, places and purchases are never purged, so that figures, limits and expected waits stay what they are;
--         older cursors are RS403, as item_at is for times before
create or replace function apartado.purge(
  p_actor           text,
  p_reason          text,
  p_before          timestamptz default null,
  p_limit           integer default 10000,
  p_idempotency_key text default null,
  out "before"      timestamptz,
  out events        bigint,
  out sessions      bigint,
  out answers       bigint,
  out remaining     boolean,
  out oldest        bigint
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_reason, p_before at time zone 'UTC', p_limit);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'purge', v_request);
  v_now     timestamptz;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);
    v_now := apartado.clock();
    "before" := coalesce(p_before, v_now - (select s.retention from apartado.settings s));
    perform apartado._check_limit(p_limit, 100000);
    if "before" > v_now - interval '720 hours' then
      perform apartado._refuse('RS204', 'before', jsonb_build_object('latest', apartado._utc(v_now - interval '720 hours')));
    end if;

    perform apartado._say_why(p_reason);
    v_answer := (select to_jsonb(p) || jsonb_build_object('before', "before") from apartado._purge("before", p_limit) p);
    perform apartado._say_why(null);
    v_answer := v_answer || jsonb_build_object('oldest', (select h.oldest from apartado.event_head() h));
    perform apartado._remember(v_owner, p_idempotency_key, 'purge', v_request, v_answer);
  end if;

  select * into "before", events, sessions, answers, remaining, oldest
    from jsonb_to_record(v_answer) as (
      "before" timestamptz, events bigint, sessions bigint, answers bigint, remaining boolean, oldest bigint);
end;
$$;

comment on function apartado.purge(text, text, timestamptz, integer, text) is 'Drop events, ended sessions and remembered answers that are older than a time. Example: select * from apartado.purge(null, ''the yearly cleaning'')';

grant execute on function apartado.purge to apartado_api, apartado_operator;
