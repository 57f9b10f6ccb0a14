import axios from 'axios';
import { config } from '../config.js';

export const paymentsApi = axios.create({
  baseURL: config.paymentsUrl,
  headers: { authorization: `Bearer ${config.paymentsApiKey}` },
  timeout: 5000,
});
