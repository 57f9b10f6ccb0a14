import axios from 'axios';
import { shielded as measured } from './other.js';
import { Shield, shielded } from './shield.js';

// ok: no-unguarded-client -- the guard of the settings
const users = axios.create({ baseURL: 'https://users.house.test', timeout: 1_000 });
export const user = (id: string) => shielded('users', () => users.get(`/${id}`));

// expect: no-unguarded-client/unguarded
const groups = axios.create({ baseURL: 'https://groups.house.test', timeout: 1_000 });
export const group = (id: string) => measured('groups', () => groups.get(`/${id}`));

const shield = new Shield('roles');

export async function roles(id: string): Promise<number> {
  return shield.run(async () => {
    // ok: no-unguarded-client -- a method of the guard of the settings
    const answer = await fetch(`https://roles.house.test/${id}`);
    return answer.status;
  });
}

const guardedLoad = shielded;
// ok: no-unguarded-client -- the guard by another name
export const teams = () => guardedLoad('teams', async () => (await fetch('https://teams.house.test')).status);

// expect: no-unguarded-client/unguarded
export const sessions = async () => (await fetch('https://sessions.house.test')).status;
