-- _breaches: what check_consistency finds, and what can mend it.
--
-- Gives   its rows with their place; mends: stock (count the stock row anew), wish (close it), null: only people can; stock_id:
--         the stock row to count anew
create or replace function apartado._breaches()
  returns table (
    ordinal  bigint,
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text,
    mends    text,
    stock_id bigint
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
#variable_conflict use_column
begin
  return query
  select c.ordinal, c.rule, c.subject, c.found, c.expected, c.repair,
         case when c.subject ~ '^stock ' or c.rule = 'nobody holds and waits for the same' then 'stock'
              when c.rule = 'a wish that was served is over' then 'wish' end,
         case when c.subject ~ '^stock ' then substring(c.subject from '^stock (\d+)')::bigint
              when c.rule = 'nobody holds and waits for the same' then (
                select q.stock_id
                  from apartado.queue_entries q
                 where q.queue_entry_id = substring(c.subject from '\d+$')::bigint) end
    from apartado.check_consistency() with ordinality c (rule, subject, found, expected, repair, ordinal);
end;
$$;

comment on function apartado._breaches() is 'What check_consistency finds, and what can mend it.';
