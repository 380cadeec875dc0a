-- draw_lotteries: close the lotteries that have opened, and draw those that a call before has closed.
--
-- Gives   how many were closed, how many drawn, and how many of those who waited were promoted
-- Raises  RS601, RS602 called by a person who is no operator
-- Locks   what _draw_lotteries locks; nothing where none is due
-- Tells   drop.drawn for each visible stock row, and what becomes of those who wait
-- Notes   a job calls it every other second, so that a lottery is drawn within a few seconds of its opening
create or replace function apartado.draw_lotteries(out closed integer, out drawn integer, out promoted integer)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_due bigint[];
begin
  perform apartado._require_operator_or_role();
  v_due := array(
    select l.drop_id
      from apartado.lotteries l
      join apartado.drops d on d.drop_id = l.drop_id
     where l.drawn_at is null and d.opens_at <= apartado.clock());
  closed := 0;
  drawn := 0;
  promoted := 0;
  if v_due <> '{}' then
    select * into closed, drawn, promoted from apartado._draw_lotteries(v_due, null);
  end if;
end;
$$;

comment on function apartado.draw_lotteries() is 'Close the lotteries that have opened, and draw those that a call before has closed. A job calls it. Example: select * from apartado.draw_lotteries()';

grant execute on function apartado.draw_lotteries to apartado_operator, apartado_jobs;
