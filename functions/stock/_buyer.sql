-- _buyer: who buys when an operator marks units sold.
--
-- Gives   the member (null: nobody in particular) and the reservation that the sale uses up (null: none)
-- Raises  RS103 the named buyer is no member
-- Notes   nobody named: the holder, when there is exactly one; an empty name: nobody in particular, whoever holds some of it
create or replace function apartado._buyer(
  p_stock_id      bigint,
  p_buyer         text,
  out member_id   bigint,
  out alias       text,
  out reservation apartado.reservations
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if p_buyer = '' then
    return;
  elsif p_buyer is not null then
    select m.member_id, m.alias
      into member_id, alias
      from apartado.members m
     where m.alias = apartado._canonical_alias(p_buyer);
    if member_id is null then
      perform apartado._refuse('RS103', 'buyer');
    end if;
  else
    select min(r.member_id)
      into member_id
      from (select x.member_id from apartado.reservations x where x.stock_id = p_stock_id and x.status = 'active' limit 2) r
    having count(*) = 1;
    alias := (select m.alias from apartado.members m where m.member_id = _buyer.member_id);
  end if;

  select r.*
    into reservation
    from apartado.reservations r
   where r.stock_id = p_stock_id and r.member_id = _buyer.member_id and r.status = 'active';
end;
$$;

comment on function apartado._buyer(bigint, text) is 'Who buys when an operator marks units sold.';
