import sendgrid from '@sendgrid/mail';

sendgrid.setApiKey(process.env.SENDGRID_KEY ?? '');
sendgrid.setTimeout(8000);

export async function receipt(to: string): Promise<void> {
  // ok: require-timeout -- set for the module
  await sendgrid.send({ to, from: 'studio@example.com', subject: 'Receipt', text: 'Thanks' });
}
