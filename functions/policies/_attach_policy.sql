-- _attach_policy: has an item, a location, a drop or a class of members follow a policy.
--
-- Raises  RS101 no such item · RS104 no such location · RS106 no such drop · RS205 class
-- Notes   to follow 'default' is to say nothing of one's own. A class that is not there yet is made. Triggers carry
--         the change to the stock rows and members that it governs; the gates of the rules are closed by the caller
create or replace function apartado._attach_policy(
  p_policy_id bigint,
  p_item      bigint,
  p_location  text,
  p_drop      bigint,
  p_class     text,
  p_now       timestamptz
)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_own bigint := (select p.policy_id from apartado.policies p where p.policy_id = p_policy_id and p.name <> 'default');
begin
  if p_item is not null then
    update apartado.items i
       set policy_id = p_policy_id, changed_at = p_now
     where i.item_id = p_item;
    if not found then
      perform apartado._refuse('RS101', 'item', jsonb_build_object('item', p_item));
    end if;
  elsif p_location is not null then
    update apartado.locations l
       set policy_id = v_own
     where l.location_id = apartado._location_id(p_location);
  elsif p_drop is not null then
    update apartado.drops d
       set policy_id = v_own
     where d.drop_id = p_drop;
    if not found then
      perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
    end if;
  elsif p_class is not null then
    perform apartado._check_code('class', p_class);
    insert into apartado.member_classes as c (code, policy_id)
    values (p_class, v_own)
    on conflict on constraint member_class_code_is_unique do update
       set policy_id = excluded.policy_id;
  end if;
end;
$$;

comment on function apartado._attach_policy(bigint, bigint, text, bigint, text, timestamptz) is 'Has an item, a location, a drop or a class of members follow a policy.';
