select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga');
select from apartado.change_settings('olga', 'invite');
create temporary table invited as select * from apartado.invite_member('olga', '1 hour', 'asked at the counter');
select from apartado.sign_in('ana', p_invitation => (select invitation from invited));
update apartado.invitations set expires_at = expires_at - interval '1 minute';
select results_eq($$select kind, member_id is null, data, details - 'invitation_id', at from apartado.events where kind in ('member.invited', 'member.joined') order by event_id$$, $$values
  ('member.invited', true, '{}'::jsonb, '{"expires_at": "2030-01-01T13:00:00.000000Z", "reason": "asked at the counter"}'::jsonb, timestamptz '2030-01-01 12:00Z'),
  ('member.joined', false, '{}', '{"expires_at": "2030-01-01T13:00:00.000000Z"}', '2030-01-01 12:00Z')$$, 'why to operators; who used it to them as well; once each');
select is_empty($$select from apartado.events e, invited i where e::text ~ i.invitation or e::text ~ encode(sha256(convert_to(i.invitation, 'UTF8')), 'hex')$$, 'never the code');
