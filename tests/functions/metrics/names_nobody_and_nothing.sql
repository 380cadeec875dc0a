select plan(3);
select tests.item('lp-of-ana'), tests.members('ana-of-rome');
select tests.held('lp-of-ana', 'ana-of-rome');
select is((select count(*) from apartado.metrics() m where m.labels::text ~ 'ana'), 0::bigint, 'no alias and no sku');
select is((select count(*) from apartado.metrics() m where m.help is null or m.type not in ('gauge', 'counter') or m.value is null), 0::bigint, 'each says what it is');
select is((select count(*) from apartado.metrics() m where m.name !~ '^apartado_[a-z_]+$'), 0::bigint, 'names that Prometheus takes');
