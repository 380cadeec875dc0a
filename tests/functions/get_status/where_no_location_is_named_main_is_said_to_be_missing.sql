select plan(1);
select tests.members('ana'), tests.item('disc');
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.put_items(null, '[{"sku": "lp", "title": "T", "location": "till"}]');
select alike(tests.detail_of($$select * from apartado.get_status('ana', apartado.item_id('lp'))$$), '%location: main%', 'it is kept elsewhere alone');
