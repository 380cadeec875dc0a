select plan(2);
create function pg_temp.said(p_item bigint, p_location text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform from apartado.join_any('ana', array[p_item], 1, p_location);
  return 'nothing';
exception when sqlstate 'RS101' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return replace(v_detail, p_item::text, 'N');
end;
$$;
select tests.members('ana'), tests.item('secret', p_visible => false);
select is(pg_temp.said(apartado.item_id('secret'), null), pg_temp.said(999999, null), 'where it is kept is not told');
select is(pg_temp.said(apartado.item_id('secret'), 'main'), pg_temp.said(999999, 'main'), 'nor that it is kept there');
