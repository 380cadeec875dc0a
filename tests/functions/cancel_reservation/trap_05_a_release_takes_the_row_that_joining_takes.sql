select plan(3);
-- so that a join which read "reserved" cannot commit beside a release that found no queue
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table seen as select version from apartado.stock;
select from apartado.join_queue('ben', apartado.item_id('disc'));
select cmp_ok((select version from apartado.stock), '>', (select version from seen), 'joining bumps the stock row');
update seen set version = (select s.version from apartado.stock s);
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select cmp_ok((select version from apartado.stock), '>', (select version from seen), 'a release that promotes bumps it');
update seen set version = (select s.version from apartado.stock s);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select cmp_ok((select version from apartado.stock), '>', (select version from seen), 'and one that finds nobody bumps it too');
