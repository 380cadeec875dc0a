select plan(3);
select tests.members('ana'), tests.operator('olga'), tests.item('disc', p_visible => false), tests.drop_of('1 hour', null, 'disc');
select from apartado._number_events(1000);
select tests.refuses($$select * from apartado.list_events('ana', p_drop => (select max(drop_id) from apartado.drops))$$, 'RS106', 'drop', 'for a member');
select lives_ok($$select * from apartado.list_events('olga', p_drop => (select max(drop_id) from apartado.drops))$$, 'for an operator it is');
update apartado.items set visible = true where sku = 'disc';
select lives_ok($$select * from apartado.list_events('ana', p_drop => (select max(drop_id) from apartado.drops))$$, 'and for everybody once they may see an item of it');
