-- _sees_hidden: whether somebody sees an item although it is hidden: operators, and members who hold some of it.
--
-- Gives   true for operators and for the members who hold some of it
create or replace function apartado._sees_hidden(p_item bigint, p_viewer_id bigint)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select exists (
      select
        from apartado.members m
       where m.member_id = p_viewer_id
         and (m.is_operator
              or exists (select
                           from apartado.stock s
                           join apartado.reservations r
                             on r.stock_id = s.stock_id and r.member_id = m.member_id and r.status = 'active'
                          where s.item_id = p_item
                            and r.expires_at > apartado.clock())))
  );
end;
$$;

comment on function apartado._sees_hidden(bigint, bigint) is 'Whether somebody sees an item although it is hidden: operators, and members who hold some of it.';
