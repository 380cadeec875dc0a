-- _sees_hidden: whether somebody sees an item although it is hidden: operators, and members who hold some of it or have it offered.
--
-- Gives   false for the anonymous visitor
create or replace function apartado._sees_hidden(p_item bigint, p_viewer_id bigint)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
      from apartado.members m
     where m.member_id = p_viewer_id
       and (m.is_operator
            or exists (select
                         from apartado.stock s
                        where s.item_id = p_item
                          and s.stock_id = any (apartado._held_stock(m.member_id, apartado.clock())))));
end;
$$;

comment on function apartado._sees_hidden(bigint, bigint) is 'Whether somebody sees an item although it is hidden: operators, and members who hold some of it or have it offered.';
