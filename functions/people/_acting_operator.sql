-- _acting_operator: the caller of an operator's command, who is one until it is done.
--
-- Gives   as _operator
-- Raises  RS601 nobody signed in · RS602 not an operator, or no longer · RS103 no such member · RS604 barred; if only while they waited
-- Locks   before everything else the operator's member row (shared: whoever bars them, takes their role or their name waits for
--         what they began); with p_on that of the member whom it is about, too, and with p_others those of all operators, by id
create or replace function apartado._acting_operator(p_actor text, p_on text default null, p_others boolean default false)
  returns text
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_on is null then
    perform from apartado.members m where m.alias = apartado._canonical_alias(p_actor) for share;
  else
    -- in one statement and by id, so that two operators who act on each other cannot deadlock; nor a database role and the
    -- operator on whom it acts
    perform
       from apartado.members m
      -- = any (array): with OR it was a scan of all members
      where m.member_id = any (array(
              select x.member_id from apartado.members x where x.alias in (apartado._canonical_alias(p_actor), apartado._canonical_alias(p_on))
              union all
              select x.member_id from apartado.members x where p_others and p_actor is not null and x.is_operator))
      order by m.member_id
        for no key update;
  end if;
  return apartado._operator(p_actor);
end;
$$;

comment on function apartado._acting_operator(text, text, boolean) is 'The caller of an operator''s command, who is one until it is done.';
