select plan(3);
insert into apartado.items (sku, title, price, currency, policy_id, created_at, changed_at) values ('a', 'A', 12.505, 'EUR', 1, now(), now());
select is((select price::text from apartado.items), '12.51', 'two for the euro');
update apartado.items set currency = 'JPY';
select is((select price::text from apartado.items), '13', 'none for the yen');
update apartado.items set currency = 'KWD', price = 1.23456;
select is((select price::text from apartado.items), '1.235', 'three for the dinar');
