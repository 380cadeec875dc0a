-- set_policy: say what a policy says, and which item, location, drop or class of members follows it.
--
-- Gives   the policy as it then is: its values (lengths of time in seconds; what it does not say is left out), how many
--         stock rows and members it governs, and how many people who waited are served because of it
-- Raises  RS101 no such item · RS104 no such location · RS106 no such drop · RS203 a length of time that cannot be
--         RS204 a number out of range · RS205 no such policy, and no values; an unknown or malformed value; two that cannot
--         hold together, in it or in what results for what it governs; more than one follower; no reason for a class
-- Locks   the gates of the rules, the turns of members, the stock rows that it governs, by id, the wishes of those who wait there
-- Tells   policy.changed with the reason, through triggers/policies.sql; item.changed; what follows when people are served
-- Notes   only the values that are named change; null takes one back, so that the next weaker policy is heard: class of
--         the member, drop, item, location, default. 'default' says everything; to follow it is to say nothing of one's own.
--         Reservations keep their deadlines, entries their priority. p_reason is needed where members follow
create or replace function apartado.set_policy(
  p_actor           text,
  p_policy          text,
  p_values          jsonb default null,
  p_item            bigint default null,
  p_location        text default null,
  p_drop            bigint default null,
  p_class           text default null,
  p_reason          text default null,
  p_idempotency_key text default null,
  out policy        text,
  out "values"      jsonb,
  out governs       integer,
  out members       integer,
  out promoted      integer,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._acting_operator(p_actor);
  v_request   jsonb := jsonb_build_array(p_policy, p_values, p_item, p_location, p_drop, p_class, p_reason);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'set_policy', v_request);
  v_values    jsonb;
  v_policy_id bigint;
  v_stock_ids bigint[];
begin
  if v_answer is null then
    perform apartado._check_code('policy', p_policy);
    if num_nonnulls(p_item, p_location, p_drop, p_class) > 1 then
      perform apartado._refuse('RS205', 'policy', '{"followers_at_once": 1}');
    end if;
    v_values := apartado._read_policy_values(nullif(p_values, 'null'), p_policy = 'default');

    perform apartado._lock_governed(p_policy, p_item, p_location, p_drop, p_class);
    server_time := apartado.clock();
    if p_class is not null or exists (
      select from apartado.member_classes c join apartado.policies p on p.policy_id = c.policy_id where p.name = p_policy) then
      perform apartado._check_reason(p_reason);
    end if;

    perform apartado._say_why(p_reason);
    v_policy_id := apartado._write_policy(p_policy, v_values);
    if v_policy_id is null then
      perform apartado._refuse('RS205', 'policy', jsonb_build_object('policy', p_policy, 'expected', 'values of a new policy'));
    end if;
    perform apartado._attach_policy(v_policy_id, p_item, p_location, p_drop, p_class, server_time);
    perform apartado._say_why(null);
    perform apartado._check_policies(v_policy_id);

    v_stock_ids := array(select g.stock_id from apartado._governed_stock(v_policy_id) g);
    promoted := apartado._serve_unserved(v_stock_ids);

    v_answer := jsonb_build_object(
      'policy', p_policy, 'values', (select apartado._policy_values(p) from apartado.policies p where p.policy_id = v_policy_id),
      'governs', cardinality(v_stock_ids),
      'members', (select count(*) from apartado.members m join apartado.member_classes c on c.class_id = m.class_id where c.policy_id = v_policy_id),
      'promoted', promoted, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'set_policy', v_request, v_answer);
  end if;

  select * into policy, "values", governs, members, promoted, server_time
    from jsonb_to_record(v_answer) as (
      policy text, "values" jsonb, governs integer, members integer, promoted integer, server_time timestamptz);
end;
$$;

comment on function apartado.set_policy(text, text, jsonb, bigint, text, bigint, text, text, text) is 'Say what a policy says, and which item, location, drop or class of members follows it. Example: select * from apartado.set_policy(null, ''sneakers'', ''{"hold": 60, "item_limit": 1}'', p_item => 1)';

grant execute on function apartado.set_policy to apartado_api, apartado_operator;
