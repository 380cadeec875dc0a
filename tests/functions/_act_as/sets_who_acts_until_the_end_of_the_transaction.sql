select plan(2);
select apartado._act_as('ana', 7, 'es');
select is((current_setting('apartado.actor'), current_setting('apartado.session'), current_setting('apartado.language')), ('ana'::text, '7'::text, 'es'::text), 'all three');
select apartado._act_as('anonymous', null, null);
select is((current_setting('apartado.actor'), current_setting('apartado.session'), current_setting('apartado.language')), ('anonymous'::text, ''::text, ''::text), 'nothing of the one before stays');
