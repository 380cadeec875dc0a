select plan(1);
select set_config('apartado.language', 'es', true);
select alike((select reason from apartado.put_items(null, '[{"sku": "a"}]')), 'RS205 title: Falta un valor%', 'in Spanish');
