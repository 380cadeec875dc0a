select plan(2);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2), tests.item('tape', 1);
update apartado.policies set low_stock = 0 where name = 'default';
select is(tests.together('disc', 'ana', 'ben {"sku": "tape"}', 'cai'), '1 reserved, 2 reserved, 3 reserved', 'nothing is left');
set constraints all immediate;
select results_eq($$
  select i.sku, e.actor, m.alias from apartado.events e join apartado.stock s using (stock_id) join apartado.items i using (item_id)
    join apartado.sessions x using (session_id) join apartado.members m on m.member_id = x.member_id
   where e.kind = 'stock.low' order by i.sku$$, $$values ('disc', 'cai', 'cai'), ('tape', 'ben', 'ben')$$, 'who it was, though one call did both');
