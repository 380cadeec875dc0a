select plan(3);
select tests.item('disc');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'moved', 'annex');
insert into apartado.policies (name, hold) values ('there', interval '1 hour');
create temporary table before as select stock_id, version from apartado.stock;
update apartado.locations set policy_id = (select policy_id from apartado.policies where name = 'there') where code = 'annex';
select results_eq('select l.code, s.hold, s.version > b.version from apartado.stock s join apartado.locations l using (location_id) join before b using (stock_id) order by l.code desc',
                  $$values ('main', interval '168 hours', false), ('annex', interval '1 hour', true)$$, 'only there, and bumped');
update apartado.policies set hold = interval '2 hours' where name = 'there';
select is((select s.hold from apartado.stock s join apartado.locations l using (location_id) where l.code = 'annex'), interval '2 hours', 'and so does what it says later');
select tests.commits();
