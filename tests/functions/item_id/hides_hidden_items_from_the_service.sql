select plan(2);
select * from apartado.put_items(null, '[{"sku": "h", "title": "T", "visible": false}]');
select isnt(apartado.item_id('h'), null, 'whoever works for the shop in the database finds it');
set local session authorization apartado_api;
do $$
begin
  perform apartado.item_id('h');
  perform set_config('tests.outcome', 'found', true);
exception
  when sqlstate 'RS101' then
    perform set_config('tests.outcome', 'RS101', true);
end;
$$;
reset session authorization;
select is(current_setting('tests.outcome'), 'RS101', 'the service, and with it every visitor, does not');
